package course.readme.checks;

import course.readme.Block;
import course.readme.Faults;
import course.readme.Mend;

import java.util.ArrayList;
import java.util.List;

/** Blocks that belong together, and what was really printed; one that differs mends them all. */
record Comparison(String kind, List<Block> blocks, List<List<String>> reals, Ports ports) {

    static void of(String kind, Block block, List<String> real, Ports ports, Faults faults) {
        new Comparison(kind, List.of(block), List.of(real), ports).tell(faults);
    }

    void tell(Faults faults) {
        List<Mend> mends = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            mends.add(blocks.get(i).mend(reals.get(i)));
        }
        for (int i = 0; i < blocks.size(); i++) {
            faults.checked();
            compare(blocks.get(i), reals.get(i), faults, mends);
        }
    }

    private void compare(Block block, List<String> real, Faults faults, List<Mend> mends) {
        for (int j = 0; j < Math.max(block.body().size(), real.size()); j++) {
            String says = block.text(j);
            String is = j < real.size() ? real.get(j) : "the end";
            if (!ports.same(says, is)) {
                faults.tell(
                        block.line(j),
                        "%s differs: \"%s\" is \"%s\"".formatted(kind, says, is),
                        mends);
                return;
            }
        }
    }
}
