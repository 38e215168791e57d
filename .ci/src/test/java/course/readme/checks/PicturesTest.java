package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PicturesTest {

    private static final String PICTURE = "lesson01-create/picture.svg";

    private final Pictures check = new Pictures();
    private final Sketch sketch =
            new Sketch()
                    .write(
                            PICTURE,
                            """
                            <svg xmlns="http://www.w3.org/2000/svg" width="500" viewBox="0 0 780 200">
                              <style>
                                text { font: 600 24px sans-serif; font-family: serif }
                                @media (prefers-color-scheme: dark) { text { fill: white } }
                              </style>
                              <text font-size="26">socket</text>
                            </svg>
                            """)
                    .says("![A pipe carries bytes one way, a socket both ways](picture.svg)\n");

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aPictureCanBeReadEverywhere() {
        sketch.isGood(check);
    }

    @Test
    void aPageWithoutItsPictureIsTold() {
        sketch.drift("picture.svg", "drawing.svg").isTold(check, 1, "no picture.svg");
    }

    @Test
    void aPictureWithoutItsTextIsTold() {
        sketch.drift(" carries bytes one way, a socket both ways", "")
                .isTold(check, 1, "whose text does not say");
    }

    @Test
    void aPictureThatIsBrokenIsTold() {
        sketch.drift(PICTURE, "</text>", "").isTold(check, 1, "not well-formed");
    }

    @Test
    void aPictureForLightAloneIsTold() {
        sketch.drift(PICTURE, "prefers-color-scheme", "min-width")
                .isTold(check, 1, "light and dark");
    }

    @Test
    void textThatIsSmallOnAPhoneIsTold() {
        sketch.drift(PICTURE, "24px", "20px").isTold(check, 1, "text of 10.0 px");
        sketch.drift(PICTURE, "20px", "24px")
                .drift(PICTURE, "\"26\"", "\"16\"")
                .isTold(check, 1, "text of 8.0 px");
    }

    @Test
    void aPictureThatIsSmallEverywhereIsTold() {
        sketch.drift(PICTURE, "\"500\"", "\"370\"").isTold(check, 1, "text of 11.4 px");
    }

    @Test
    void textThatIsHugeOnAWidePageIsTold() {
        sketch.drift(PICTURE, "\"26\"", "\"32\"")
                .isTold(check, 1, "text of 20.5 px on a wide page");
    }

    @Test
    void aPictureThatFillsAWidePageIsTold() {
        sketch.drift(PICTURE, " width=\"500\"", "").isTold(check, 1, "no width");
        sketch.drift(PICTURE, " viewBox=", " width=\"100%\" viewBox=")
                .isTold(check, 1, "not well-formed");
    }

    @Test
    void aSizeThatDependsOnThePageIsTold() {
        sketch.drift(PICTURE, "\"26\"", "\"2em\"").isTold(check, 1, "in em");
    }
}
