package org.shadowheap.exploration;

import java.util.ArrayList;
import java.util.List;

/**
 * The choices that make one execution, in order, and after {@link #advance} those of the next: depth first, the last
 * choice changes first. An execution that follows the path from the start chooses the same again up to there.
 */
final class Path {

    private static final class Choice {
        final int count;
        int chosen;

        Choice(int count) {
            this.count = count;
        }
    }

    private final List<Choice> choices = new ArrayList<>();
    private int depth;

    /** Chooses one of {@code count} alternatives: 0 where nobody has been before. */
    int choose(int count) {
        if (count == 1) {
            return 0;
        }
        if (depth == choices.size()) {
            choices.add(new Choice(count));
        }
        Choice choice = choices.get(depth++);
        if (choice.count != count) {
            throw new IllegalStateException(
                    "the scenario is not deterministic: alternatives=" + count + " before=" + choice.count);
        }
        return choice.chosen;
    }

    /** Follows the same choices once more. */
    void rewind() {
        depth = 0;
    }

    /** Goes on to the next execution; false if there is none. */
    boolean advance() {
        rewind();
        while (!choices.isEmpty()) {
            Choice last = choices.get(choices.size() - 1);
            if (++last.chosen < last.count) {
                return true;
            }
            choices.remove(choices.size() - 1);
        }
        return false;
    }
}
