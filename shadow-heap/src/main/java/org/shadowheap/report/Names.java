package org.shadowheap.report;

/** Names of sites and fields where there is little room. */
final class Names {

    private static final String GAP = "..";

    private Names() {}

    /**
     * The name, or its beginning and its end: the class and what follows are kept as long as there is room for them, since they
     * tell more than packages.
     */
    static String fit(String name, int columns) {
        if (name.length() <= columns) {
            return name;
        }
        int end = name.length() - classBegin(name);
        int beginning = columns - GAP.length() - end;
        if (beginning < 0) {
            beginning = columns / 4;
        }
        return name.substring(0, beginning)
                + GAP
                + name.substring(name.length() - (columns - beginning - GAP.length()));
    }

    private static int classBegin(String name) {
        int begin = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (Character.isUpperCase(name.charAt(begin))) {
                return begin;
            }
            begin = dot + 1;
        }
        return Character.isUpperCase(name.charAt(Math.min(begin, name.length() - 1))) ? begin : lastTwoParts(name);
    }

    /** Where nothing begins like a class: {@code a.b.c:1} is the method c of b. */
    private static int lastTwoParts(String name) {
        return name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1;
    }
}
