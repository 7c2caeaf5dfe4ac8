package org.shadowheap.targets;

/** Lesson: an application sees none of our libraries, and ours where they are meant to be. Prints the loader of each class. */
public final class VisibleClasses {

    private VisibleClasses() {}

    public static void main(String[] names) {
        for (String name : names) {
            System.out.println(name + ' ' + loaderOf(name));
        }
    }

    private static String loaderOf(String name) {
        try {
            ClassLoader loader = Class.forName(name, false, ClassLoader.getSystemClassLoader())
                    .getClassLoader();
            return loader == null ? "boot" : loader.getName();
        } catch (ClassNotFoundException absent) {
            return "absent";
        }
    }
}
