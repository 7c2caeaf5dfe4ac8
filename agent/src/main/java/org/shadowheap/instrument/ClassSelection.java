package org.shadowheap.instrument;

import java.util.List;
import java.util.regex.Pattern;
import org.shadowheap.selftest.SelfTestProgram;

/**
 * Which classes are instrumented: the user's choice. The agent's own classes never are; hidden classes reach no
 * transformer.
 */
public final class ClassSelection {

    private static final String SELF_TEST = SelfTestProgram.class.getName();

    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final boolean jdk;

    /**
     * @param include globs of binary names, empty for all
     * @param exclude globs of binary names
     * @param jdk whether the JDK's own classes are instrumented too
     */
    public ClassSelection(List<String> include, List<String> exclude, boolean jdk) {
        this.include = include.stream().map(ClassSelection::pattern).toList();
        this.exclude = exclude.stream().map(ClassSelection::pattern).toList();
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

    private static boolean matches(List<Pattern> globs, String name) {
        for (Pattern glob : globs) {
            if (glob.matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
