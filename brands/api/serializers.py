"""The fields of each kind of record, in their order. What is unknown is null; the description of the interface has each
`help_text`.

The records themselves (:mod:`brands.api.records`) have these fields already: tests/brands/api/test_schema.py holds each
answer against the description, and nothing is serialized field by field, which takes ten times as long.
"""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    FloatField,
    IntegerField,
    ListField,
    URLField,
)

from brands.dumps.changes import ACTIONS
from brands.dumps.tables import TABLES
from brands.vocabulary.choices import (
    BrandLevel,
    Category,
    ChangeAction,
    ChangeSetKind,
    DateBasis,
    DetailKind,
    Industry,
    Metric,
    OwnerKind,
    Per,
    ProgramKind,
    Qualifier,
    RegionLevel,
    ReviewState,
    Scope,
)

# Verdicts on what is public.
_REVIEW = [(state.value, state.label) for state in (ReviewState.CONFIRMED, ReviewState.PROPOSED)]

_MONTH_OR_YEAR = "ISO 8601; stops at the month or the year where no more is known"


@extend_schema_field(OpenApiTypes.NUMBER)
class PlainNumberField(serializers.Field):  # type: ignore[type-arg]
    """A number as JSON writes one: whole where it is whole."""

    def to_representation(self, value: object) -> object:
        return value


class SourceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The article that a sentence stands in."""

    id = IntegerField(help_text="number of the article")
    title = CharField()
    publisher = CharField(allow_null=True, help_text="the newspaper or site")
    published_on = DateField(allow_null=True, help_text="day of issue")
    source_url = CharField(allow_null=True, help_text="where the publisher has it, if that is known")


class EvidenceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The sentence that says a value, and the very words."""

    id = IntegerField(help_text="number of the record")
    url = URLField(help_text="the place in the article, as a page")
    field = CharField(allow_null=True, help_text="the field that it bears out; null for the fact itself")
    words = CharField(help_text="the words, as printed")
    sentence = CharField(help_text="the sentence around them, as printed")
    scope_words = ListField(child=CharField(), help_text="of numbers: the words that say what it measures (新增, 其中)")
    start = IntegerField(help_text="offset of the words in the page as it was delivered, in code points")
    end = IntegerField()
    sentence_start = IntegerField()
    sentence_end = IntegerField()
    article = SourceSerializer()
    rule = CharField(allow_null=True, help_text="the rule that found it; by-hand for a person")
    version = CharField(allow_null=True, help_text="version of the extraction")
    confidence = FloatField(help_text="0 to 1, the extraction's own estimate")


class FactReferenceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = ChoiceField(choices=["brand", "program", "statistic"])
    key = IntegerField()


class EvidenceOfFactSerializer(EvidenceSerializer):
    """Evidence by itself, with the fact that it bears out."""

    fact = FactReferenceSerializer()


class DetailSerializer(serializers.Serializer):  # type: ignore[type-arg]
    kind = ChoiceField(choices=DetailKind.choices)
    words = CharField(help_text="as printed")
    adcode = CharField(allow_null=True, help_text="of a destination: its division")
    country = CharField(allow_null=True, help_text="of a destination abroad: ISO 3166-1")
    people = CharField(allow_null=True, help_text="the words for how many work there")


class BrandSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A labour brand as lists have it."""

    id = IntegerField(help_text="number of the record")
    url = URLField(help_text="its page")
    name = CharField()
    pinyin = CharField(help_text="the name in syllables")
    place = CharField(allow_null=True, help_text="its division with those that hold it")
    adcode = CharField(allow_null=True, help_text="code of its division (GB/T 2260)")
    industry = ChoiceField(choices=Industry.choices, help_text="trade")
    category = ChoiceField(choices=Category.choices, allow_null=True, help_text="official field")
    level = ChoiceField(choices=BrandLevel.choices, allow_null=True, help_text="who recognised it")
    owner_kind = ChoiceField(choices=OwnerKind.choices, allow_null=True, help_text="whose brand it is")
    series = IntegerField(allow_null=True, help_text="number of the brand whose series it belongs to")
    year = IntegerField(allow_null=True, help_text="year of recognition")
    batch = CharField(allow_null=True, help_text="batch of recognition, as printed")
    organisation = CharField(allow_null=True, help_text="who builds or runs it")
    issuer = CharField(allow_null=True, help_text="who recognised it, by name")
    document_number = CharField(allow_null=True, help_text="number of the paper that recognised it")
    details = DetailSerializer(many=True, help_text="destinations, trades, honours and the like")
    review = ChoiceField(choices=_REVIEW, help_text="confirmed by a person, or proposed by the machine")
    headcount = PlainNumberField(
        allow_null=True, help_text="people employed, the newest figure; its sentence is its statistic's"
    )
    income = PlainNumberField(allow_null=True, help_text="yuan a head and month, the newest figure")
    as_of_year = IntegerField(allow_null=True, help_text="year of the newest figure")
    articles = IntegerField(help_text="articles that name it; reprints count once")
    newest_report = DateField(allow_null=True, help_text="day of the newest article")


class SubjectSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = ChoiceField(choices=["brand", "program", "region"])
    key = CharField(help_text="number of a brand or program, code of a division")
    name = CharField()


class StatisticSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A number that papers report, with what it is a number of."""

    id = IntegerField(help_text="number of the record")
    url = URLField(help_text="its page")
    subject = SubjectSerializer(help_text="of whom it is")
    metric = ChoiceField(choices=Metric.choices, help_text="what is counted")
    value = PlainNumberField(help_text="in the plain unit")
    value_max = PlainNumberField(allow_null=True, help_text="the upper end of a range")
    qualifier = ChoiceField(choices=Qualifier.choices, help_text="how the paper hedges it")
    unit = CharField()
    scope = ChoiceField(choices=Scope.choices, help_text="what it measures: the whole, an addition, a part, a rate …")
    part_of = CharField(allow_null=True, help_text="the words for the part, or for the limit of a total")
    whole = IntegerField(allow_null=True, help_text="number of the statistic that it is a part of")
    per = ChoiceField(choices=Per.choices, allow_null=True, help_text="for one of what, or in which span, a rate holds")
    period = CharField(allow_null=True, help_text="the words of the period that as_of ends")
    as_of = CharField(allow_null=True, help_text=f"its date: {_MONTH_OR_YEAR}")
    as_of_basis = ChoiceField(
        choices=DateBasis.choices,
        allow_null=True,
        help_text="stated by the text, or published: only the paper is dated",
    )
    stated = CharField(allow_null=True, help_text="the paper's words for it")
    review = ChoiceField(choices=_REVIEW)
    evidence = EvidenceSerializer(many=True)


class RegionReferenceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    adcode = CharField()
    name = CharField()


class RegionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """An administrative division of GB/T 2260."""

    adcode = CharField()
    url = URLField(help_text="its page")
    name = CharField(help_text="full name")
    common_name = CharField()
    short_name = CharField(allow_null=True, help_text="one character, of provinces")
    level = ChoiceField(choices=RegionLevel.choices)
    parent = CharField(  # type: ignore[assignment]
        allow_null=True, help_text="code of the division that holds it"
    )
    pinyin = CharField()
    brands = IntegerField(help_text="brands in it and in all divisions that it holds")


class RegionDetailSerializer(RegionSerializer):
    names = ListField(child=CharField(), help_text="other names: short, literary, former")
    lineage = RegionReferenceSerializer(many=True, help_text="the divisions that hold it, the largest first")
    children = RegionSerializer(many=True, help_text="the divisions right below it")


class ProgramSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A policy, conference, contest, campaign, project or co-operation; an edition of it."""

    id = IntegerField(help_text="number of the record")
    url = URLField(help_text="its page")
    name = CharField()
    other_names = ListField(child=CharField())
    kind = ChoiceField(choices=ProgramKind.choices)
    edition = IntegerField(allow_null=True, help_text="第三届 is 3")
    year = IntegerField(allow_null=True, help_text="the year that its name says")
    issuer = CharField(allow_null=True, help_text="who issued or held it")
    held_on = CharField(allow_null=True, help_text=f"when: {_MONTH_OR_YEAR}")
    place = RegionReferenceSerializer(allow_null=True)
    review = ChoiceField(choices=_REVIEW)
    evidence = EvidenceSerializer(many=True)


class BrandReferenceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = IntegerField(help_text="number of the record")
    name = CharField()


class ProgramReferenceSerializer(BrandReferenceSerializer):
    """A program by its number."""


class ProgramDetailSerializer(ProgramSerializer):
    brands = BrandReferenceSerializer(many=True, help_text="brands that it concerns")
    regions = RegionReferenceSerializer(many=True, help_text="divisions that it concerns")
    statistics = StatisticSerializer(many=True)


class BrandDetailSerializer(BrandSerializer):
    """A brand with all that is public of it."""

    aliases = ListField(child=CharField(), help_text="other names")
    description = CharField(allow_null=True)
    programs = ProgramReferenceSerializer(many=True)
    statistics = StatisticSerializer(many=True)
    evidence = EvidenceSerializer(many=True, help_text="of the brand, its fields and its details")


class ArticleSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """An article that speaks of labour brands."""

    id = IntegerField(help_text="number of the record")
    url = URLField(help_text="its page")
    title = CharField()
    publisher = CharField(allow_null=True)
    published_on = DateField(allow_null=True, help_text="day of issue")
    source_url = CharField(allow_null=True, help_text="where the publisher has it, if that is known")
    place = RegionReferenceSerializer(allow_null=True, help_text="where it is set")
    score = FloatField(help_text="0 to 1: how far its words say that it is about labour brands")
    brands = IntegerField(help_text="brands that it names")


class ArticleDetailSerializer(ArticleSerializer):
    reprint_of = IntegerField(allow_null=True, help_text="number of the article that it reprints")
    reprints = ListField(child=IntegerField())
    evidence = EvidenceOfFactSerializer(many=True, help_text="the sentences that say a public fact")


class FieldChangeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    field = CharField()
    old = serializers.JSONField(help_text="null for unknown")
    new = serializers.JSONField(help_text="null for unknown")


class HistoryEntrySerializer(serializers.Serializer):  # type: ignore[type-arg]
    """One entry of the audit log, with the public fields that it changed."""

    id = IntegerField(help_text="number of the record")
    at = DateTimeField()
    action = ChoiceField(choices=ChangeAction.choices)
    change_set = IntegerField(allow_null=True)
    reason = ChoiceField(choices=ChangeSetKind.choices, allow_null=True, help_text="what kind of work changed it")
    by_person = BooleanField(help_text="whether a person did it; else the machine")
    changes = FieldChangeSerializer(many=True)


class RecordReferenceSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = ChoiceField(choices=["brand", "program", "statistic", "region", "article"])
    key = CharField(help_text="number of the record, code of a division")


class CorrectionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A reader's report that was taken over. The reader's own words are not told."""

    id = IntegerField(help_text="number of the report")
    about = RecordReferenceSerializer(help_text="of what it is")
    url = URLField(help_text="its page")
    field = CharField(allow_null=True, help_text="the field that it is about; null for the record as a whole")
    label = CharField(help_text="what it is about, in words")  # type: ignore[assignment]
    was = CharField(allow_null=True, help_text="what stood there when the report came")
    became = CharField(allow_null=True, help_text="what staff changed, in words")
    reported_at = DateTimeField()
    closed_at = DateTimeField(allow_null=True, help_text="when staff took it over")
    change_set = IntegerField(allow_null=True, help_text="number of the work, as in the history of the record")


class FacetValueSerializer(serializers.Serializer):  # type: ignore[type-arg]
    value = CharField()
    label = CharField()  # type: ignore[assignment]
    count = IntegerField(help_text="records with this value alone and all other parameters")
    selected = BooleanField()
    url = URLField(help_text="the list of it")


class FacetSerializer(serializers.Serializer):  # type: ignore[type-arg]
    label = CharField()  # type: ignore[assignment]
    values = FacetValueSerializer(many=True)


class PublicChangeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of a row of the dumps' tables."""

    id = IntegerField(help_text="number of the newest entry of the audit log that is the cause")
    at = DateTimeField(help_text="when that was written")
    action = ChoiceField(
        choices=ACTIONS, help_text="a row that is added or changed is put in place of one with its key; else it goes"
    )
    table = ChoiceField(choices=list(TABLES))
    key = CharField(help_text="the value of the table's first column")
    row = serializers.DictField(
        allow_null=True, help_text="the row as it is now, by the dumps' columns; null: it is gone"
    )
    into = IntegerField(allow_null=True, help_text="of what was merged: number of the record that took it over")
    reason = ChoiceField(choices=ChangeSetKind.choices, allow_null=True, help_text="what kind of work it was")
    change_set = IntegerField(allow_null=True, help_text="number of the work, which may have changed much else")
    by_person = BooleanField(help_text="whether a person did it; else the machine")


class HitSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Something that a search found."""

    type = CharField(help_text="brand, region, program, statistic or article")
    key = CharField(help_text="its number; of a division its code")
    name = CharField()
    url = URLField()
    snippet = CharField(allow_null=True, help_text="where its words stand")


class HitGroupSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = CharField()
    total = IntegerField()
    at_least = BooleanField(help_text="there are more than were counted")
    hits = HitSerializer(many=True)


class SearchSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What a search found, by kind, the best first."""

    query = CharField(allow_blank=True, help_text="as it was read")
    corrected = CharField(allow_null=True, help_text="what was searched in its place, as nothing answers it")
    complaints = ListField(child=CharField(), help_text="why it can't be asked, if so")
    groups = HitGroupSerializer(many=True)


class SuggestionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = CharField()
    name = CharField()
    place = CharField(allow_null=True)
    url = URLField()


class SuggestionsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    query = CharField(allow_blank=True)
    suggestions = SuggestionSerializer(many=True)


class FaultSerializer(serializers.Serializer):  # type: ignore[type-arg]
    parameter = CharField()
    detail = CharField()


class ProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A problem document of RFC 9457."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField()
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]
