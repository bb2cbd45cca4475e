"""The one vocabulary: every closed list of values that the catalogue and the extraction share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# A proposed fact under this confidence waits for review and is not public; a confirmed one is at any confidence. What
# that stands for, as measured, is told in docs/extraction.md.
PUBLIC_CONFIDENCE = 0.5
# That of a fact that is to wait, however surely it was read.
WAITING_CONFIDENCE = 0.45

# An article whose words score so much may be about labour brands, though it was not taken for one: staff looks at it.
DOUBTFUL_SCORE = 0.2


class Industry(TextChoices):
    """The trade of a brand, as the extraction contract lists them."""

    DOMESTIC_SERVICE = "domestic_service", _("家政服务")
    CARE = "care", _("养老护理")
    CATERING = "catering", _("餐饮")
    MANUFACTURING = "manufacturing", _("制造")
    CONSTRUCTION = "construction", _("建筑装饰")
    CRAFT = "craft", _("手工技艺与非遗")
    AGRICULTURE = "agriculture", _("种养采摘制茶")
    DIGITAL = "digital", _("信息与数据")
    TRANSPORT = "transport", _("物流运输")
    TOURISM = "tourism", _("文旅")
    RETAIL = "retail", _("商贸")
    ENERGY = "energy", _("能源矿山")
    SECURITY = "security", _("安保物业")
    BEAUTY_HEALTH = "beauty_health", _("美容保健")
    OTHER = "other", _("其他")


class Category(TextChoices):
    """The four official fields of the guidance on labour brands of 20 departments (2021)."""

    SKILLED = "skilled", _("中高端技能型")
    SERVICE = "service", _("高品质服务型")
    CULTURE_TOURISM = "culture_tourism", _("文化和旅游型")
    LIVELIHOOD = "livelihood", _("民生保障型")


class BrandLevel(TextChoices):
    """Who recognised a brand."""

    NATIONAL = "national", _("国家级")
    PROVINCIAL = "provincial", _("省级")
    PREFECTURAL = "prefectural", _("市州级")
    COUNTY = "county", _("县级")


class OwnerKind(TextChoices):
    REGIONAL = "regional", _("区域公用")
    ENTERPRISE = "enterprise", _("企业")


class DetailKind(TextChoices):
    """Of what kind a detail of a brand is: what it may have several of, each as a paper words it."""

    DESTINATION = "destination", _("干活的地方")
    TRADE = "trade", _("工种")
    TRAINING_PLACE = "training_place", _("培训地点")
    HONOUR = "honour", _("荣誉")
    REGISTER = "register", _("列入名单")
    TRADEMARK = "trademark", _("商标")
    CONTACT = "contact", _("联系方式")


class RegionLevel(TextChoices):
    """The levels of GB/T 2260. Prefecture, not city: 市 stands on three of them."""

    COUNTRY = "country", _("国家")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")


class RegionNameKind(TextChoices):
    """How a region is called besides its name."""

    SHORT = "short", _("简称")
    LITERARY = "literary", _("雅称")
    FORMER = "former", _("曾用名")
    AUTONOMOUS = "autonomous", _("习称")
    PLACE = "place", _("境内地名")


class ProgramKind(TextChoices):
    POLICY = "policy", _("政策文件")
    CONFERENCE = "conference", _("会议")
    CONTEST = "contest", _("赛事评选")
    CAMPAIGN = "campaign", _("行动")
    PROJECT = "project", _("工程项目")
    COOPERATION = "cooperation", _("协作")


class Metric(TextChoices):
    """What a statistic counts. The extraction contract says what belongs where."""

    BRANDS = "brands", _("劳务品牌数")
    EMPLOYMENT = "employment", _("就业人数")
    TRAINING = "training", _("培训人数")
    PLACEMENT = "placement", _("输送人数")
    OUTPUT_VALUE = "output_value", _("产值")
    LABOUR_INCOME = "labour_income", _("劳务收入")
    PER_CAPITA_INCOME = "per_capita_income", _("人均收入")
    GROWTH = "growth", _("增幅")
    ORGANISATIONS = "organisations", _("企业与机构")
    FACILITIES = "facilities", _("基地与站点")
    COVERAGE = "coverage", _("覆盖地区")
    STANDARDS = "standards", _("标准规范")
    AGREEMENTS = "agreements", _("协作协议")
    VACANCIES = "vacancies", _("岗位")
    EVENTS = "events", _("活动与班次")
    FUNDING = "funding", _("资金")
    CREDENTIALS = "credentials", _("持证人数")
    OTHER = "other", _("其他")


class RuleKind(TextChoices):
    """What a rule that staff keep tells the extraction."""

    NEVER = "never", _("从来不是品牌")
    ALIAS = "alias", _("总是某品牌的别名")
    METRIC = "metric", _("这个词说的是某指标")
    PAPER = "paper", _("这个网站是某报刊")
    PLACE = "place", _("这个地名指某地")


class RuleState(TextChoices):
    """Whether a rule counts."""

    PROPOSED = "proposed", _("待核对")
    IN_FORCE = "in_force", _("生效")
    WITHDRAWN = "withdrawn", _("已停用")


class Qualifier(TextChoices):
    """How the source hedges a number."""

    EXACT = "exact", _("共")
    NEARLY = "nearly", _("近")
    ABOUT = "about", _("约")
    OVER = "over", _("超")
    AT_MOST = "at_most", _("至多")
    SEVERAL = "several", _("数")


class Scope(TextChoices):
    """What a number measures: the contract of the corpus defines each ("scope" in its README)."""

    TOTAL = "total", _("总量")
    NEW = "new", _("新增")
    SHOWN = "shown", _("参展参评")
    PART = "part", _("分项")
    EACH = "each", _("均量")
    RISE = "rise", _("增量")


class Per(TextChoices):
    """For one of what, or in which span of time, a rate holds."""

    PERSON = "person", _("每人")
    HOUSEHOLD = "household", _("每户")
    FIRM = "firm", _("每家")
    COURSE = "course", _("每期")
    BRAND = "brand", _("每个品牌")
    PLACE = "place", _("每地")
    DAY = "day", _("每天")
    WEEK = "week", _("每周")
    MONTH = "month", _("每月")
    YEAR = "year", _("每年")


class DateBasis(TextChoices):
    """Where the date of a number comes from."""

    STATED = "stated", _("文中注明")
    PUBLISHED = "published", _("据报道日期")


class ReviewState(TextChoices):
    """What a person has said of a fact. Only ``proposed`` may be written or removed by a machine run."""

    PROPOSED = "proposed", _("待审")
    CONFIRMED = "confirmed", _("已确认")
    REJECTED = "rejected", _("已否决")


class Departure(TextChoices):
    """Why a brand has no page any more."""

    MERGED = "merged", _("并入另一个品牌")
    UNFOUNDED = "unfounded", _("不再有报道证实")
    WITHDRAWN = "withdrawn", _("编辑核对后撤下")


class DatePrecision(TextChoices):
    YEAR = "year", _("年")
    MONTH = "month", _("月")
    DAY = "day", _("日")


class ChangeSetKind(TextChoices):
    """What brought a batch of changes about."""

    INGEST = "ingest", _("入库")
    REGIONS = "regions", _("更新地区表")
    EDIT = "edit", _("编辑")
    BULK = "bulk", _("批量修改")
    IMPORT = "import", _("导入")
    MERGE = "merge", _("合并")
    REVIEW = "review", _("审核")
    UNDO = "undo", _("撤销")


class ChangeAction(TextChoices):
    """What happened to a row."""

    CREATED = "+", _("新增")
    UPDATED = "~", _("修改")
    DELETED = "-", _("删除")
    BASE = "=", _("记录开始时的内容")


class ProposalState(TextChoices):
    """What became of a value that somebody proposed."""

    OPEN = "open", _("待定")
    ACCEPTED = "accepted", _("已采纳")
    DECLINED = "declined", _("未采纳")
