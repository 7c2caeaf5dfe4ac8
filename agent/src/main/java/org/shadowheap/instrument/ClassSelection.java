package org.shadowheap.instrument;

import java.util.List;
import org.shadowheap.selftest.SelfTestProgram;

/**
 * Which classes are instrumented: the user's choice. The agent's own classes never are; hidden classes reach no
 * transformer.
 */
public final class ClassSelection {

    private static final String SELF_TEST = SelfTestProgram.class.getName();

    private final List<String> include;
    private final List<String> exclude;
    private final boolean jdk;

    /**
     * @param include globs of binary names, empty for all
     * @param exclude globs of binary names
     * @param jdk whether the JDK's own classes are instrumented too
     */
    public ClassSelection(List<String> include, List<String> exclude, boolean jdk) {
        this.include = List.copyOf(include);
        this.exclude = List.copyOf(exclude);
        this.jdk = jdk;
    }

    /** Whether anything is left out by choice, so that the mirror is partial. */
    public boolean isPartial() {
        return !include.isEmpty() || !exclude.isEmpty() || !jdk;
    }

    /** Whether a class is instrumented. {@code java.lang.Object} always is: births begin there; and the self-test. */
    boolean selects(String binaryName, boolean fromJdk) {
        if (OwnClasses.isOwn(binaryName)) {
            return false;
        }
        if (binaryName.equals("java.lang.Object") || binaryName.equals(SELF_TEST)) {
            return true;
        }
        return (jdk || !fromJdk)
                && (include.isEmpty() || matches(include, binaryName))
                && !matches(exclude, binaryName);
    }

    static boolean matches(List<String> globs, String name) {
        for (String glob : globs) {
            if (matches(glob, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a name is as a glob says: {@code *} stands for any characters, {@code ?} for one. Where it is not, the last
     * {@code *} is tried with one character more.
     */
    private static boolean matches(String glob, String name) {
        int g = 0;
        int lastStar = -1;
        int covered = 0;
        for (int n = 0; n < name.length(); ) {
            char wanted = g < glob.length() ? glob.charAt(g) : 0;
            if (wanted == '*') {
                lastStar = g++;
                covered = n;
            } else if (g < glob.length() && (wanted == '?' || wanted == name.charAt(n))) {
                g++;
                n++;
            } else if (lastStar >= 0) {
                g = lastStar + 1;
                n = ++covered;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
