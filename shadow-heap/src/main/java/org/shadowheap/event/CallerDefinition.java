package org.shadowheap.event;

/**
 * A place in the application that called a site outside it, directly or through others.
 *
 * @param id from 1 up; 0 stands for the absence of an application frame and has no definition
 * @param className binary name of the class that holds the call
 * @param method name of the method
 * @param line source line, or -1 if the class does not tell
 */
public record CallerDefinition(int id, String className, String method, int line) {

    /** {@code pkg.Class.method:line}, as reports name it; without a line {@code pkg.Class.method}. */
    public String location() {
        return line < 0 ? className + '.' + method : className + '.' + method + ':' + line;
    }
}
