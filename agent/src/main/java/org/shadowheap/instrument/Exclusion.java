package org.shadowheap.instrument;

/** What is left as it is by rule, and why: the one list. What could not be rewritten besides is in {@link Uninstrumented}. */
public enum Exclusion {
    OWN("the agent's own classes", "their objects are no part of the program"),
    CHOSEN("classes left out by include, exclude or jdk", "the user says so"),
    HIDDEN_BEFORE("hidden classes defined before the agent", "the JVM lets nobody change them"),
    UNMODIFIABLE("classes that the JVM lets nobody change, such as its continuations", "it knows their code"),
    HOOKED_BY_CALLERS(
            "bodies of Arrays.copyOf, Arrays.copyOfRange and of the methods of both Unsafes that write a reference",
            "their callers are hooked, as the compiler replaces these bodies"),
    NAMESAKES("classes with two fields of one name", "fields are found by name"),
    OLD_STATICS("static stores in class files older than Java 5", "no instruction there loads a class"),
    TOO_LARGE(
            "methods without room for the calls",
            "the class file format bounds them, and HotSpot compiles none of more than 8,000 bytes");

    private final String what;
    private final String why;

    Exclusion(String what, String why) {
        this.what = what;
        this.why = why;
    }

    /** A line that says what is left as it is, and why. */
    String line() {
        return what + ": " + why;
    }
}
