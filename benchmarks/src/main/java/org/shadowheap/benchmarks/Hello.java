package org.shadowheap.benchmarks;

/** A program that does nothing to speak of: what it costs is what starting costs. */
public final class Hello {

    private Hello() {}

    public static void main(String... arguments) {
        System.out.println("Hello, world");
    }
}
