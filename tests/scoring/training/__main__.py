"""`make train`: every model in its order, since the later ones are made from what the earlier ones say."""

from tests.scoring.runs import corpus_folder
from tests.scoring.training.decision import train_names
from tests.scoring.training.page_score import train_page_score


def main() -> None:
    corpus = corpus_folder()
    print(train_page_score(corpus), train_names(corpus), sep="\n")


if __name__ == "__main__":
    main()
