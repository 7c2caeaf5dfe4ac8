package org.shadowheap.targets;

/** Lesson: a program's exit status is its own. */
public final class Exits {

    private Exits() {}

    public static void main(String[] args) {
        System.out.println("exits with " + args[0]);
        System.exit(Integer.parseInt(args[0]));
    }
}
