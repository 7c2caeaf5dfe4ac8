package org.shadowheap.targets;

/** Runs the programs of this package that are named, one after another: a JVM for each would take long. */
public final class Several {

    private Several() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        for (String program : args) {
            Class.forName(Several.class.getPackageName() + '.' + program)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        }
    }
}
