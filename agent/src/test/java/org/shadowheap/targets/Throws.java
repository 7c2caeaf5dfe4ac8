package org.shadowheap.targets;

/** Lesson: a program that fails fails as it would alone, with its own trace. */
public final class Throws {

    private Throws() {}

    public static void main(String[] args) {
        System.out.println("throws");
        Object[] strings = new String[1];
        strings[0] = args;
    }
}
