package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Image;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * A lesson shows {@code picture.svg} with a text for those who do not see it. The picture is for
 * light and dark, and no text in it is smaller than 12 pixels where the page is 390 pixels wide. It
 * has a width, without which its text would be huge on a wide page.
 */
public final class Pictures implements Check {

    private static final double PAGE = 390;
    private static final double SMALLEST = 12;
    private static final double LARGEST = 20;
    private static final int SHORTEST_TEXT = 30; // letters that say what a picture shows
    private static final Pattern SIZE =
            Pattern.compile(
                    "font-size\\s*[:=]\\s*[\"']?([\\d.]+)(px|pt|em|rem|%)?"
                            + "|font\\s*:[^;\"'}]*?([\\d.]+)(px|pt|em|rem|%)");

    @Override
    public void look(Readme readme, Faults faults) {
        List<Image> images = Nodes.all(readme.document(), Image.class);
        for (Image image : images) {
            faults.checked();
            if (Nodes.text(image).length() < SHORTEST_TEXT) {
                faults.tell(Nodes.line(image), "a picture whose text does not say what it shows");
            }
            Path file = readme.folder().resolve(image.getDestination());
            if (file.toString().endsWith(".svg") && Files.exists(file)) {
                look(file, Nodes.line(image), faults);
            }
        }
        if (readme.kind() == Readme.Kind.LESSON
                && images.stream().noneMatch(i -> i.getDestination().equals("picture.svg"))) {
            faults.tell(1, "no picture.svg");
        }
    }

    private static void look(Path file, int line, Faults faults) {
        String text;
        double box;
        double width;
        try {
            text = Files.readString(file);
            Element svg = parse(file);
            box = box(svg);
            width = width(svg);
        } catch (IOException | SAXException | NumberFormatException e) {
            faults.tell(line, "picture is not well-formed: " + e.getMessage());
            return;
        }
        if (!text.contains("prefers-color-scheme")) {
            faults.tell(line, "picture is not for light and dark");
        }
        Matcher size = SIZE.matcher(text);
        int sizes = 0;
        while (size.find()) {
            sizes++;
            boolean isLong = size.group(1) == null; // font: 14px sans-serif
            String unit = isLong ? size.group(4) : size.group(2);
            double pixels = Double.parseDouble(size.group(isLong ? 3 : 1)) / box;
            if (unit != null && !unit.equals("px")) {
                faults.tell(line, "picture has a size of text in " + unit + ", not in px");
            } else if (pixels * Math.min(width, PAGE) < SMALLEST) {
                String fault = "picture has text of %.1f px on a page of %.0f px: %s";
                double small = pixels * Math.min(width, PAGE);
                faults.tell(line, fault.formatted(small, PAGE, size.group()));
            } else if (pixels * width > LARGEST) {
                String fault = "picture has text of %.1f px on a wide page: %s";
                faults.tell(line, fault.formatted(pixels * width, size.group()));
            }
        }
        if (sizes == 0) {
            faults.tell(line, "picture says nowhere how large its text is");
        }
    }

    private static Element parse(Path file) throws IOException, SAXException {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser.parse(file.toFile()).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns how wide a picture is in its own units. */
    private static double box(Element svg) {
        String[] box = svg.getAttribute("viewBox").trim().split("[ ,]+");
        if (box.length != 4) {
            throw new NumberFormatException("no viewBox, so it would not shrink");
        }
        return Double.parseDouble(box[2]);
    }

    /** Returns how wide a picture is on a page with room for it, in pixels. */
    private static double width(Element svg) {
        String width = svg.getAttribute("width");
        if (width.isEmpty()) {
            throw new NumberFormatException("no width, so it would fill a wide page");
        }
        return Double.parseDouble(width);
    }
}
