package org.shadowheap.instrument;

import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * Makes hidden nest mates of the JDK's classes, which may call what is private there. Reflection would do the same, but the JDK makes classes for
 * what is called by it often, and loads others for that.
 */
public final class NestMates {

    /** Of JVM_LookupDefineClass: a nest mate, hidden, and never unloaded. */
    private static final int FLAGS = 1 | 2 | 4;

    private NestMates() {}

    /**
     * An instance of a class that is defined from these bytes; no constructor runs.
     *
     * @param host of its nest; of the boot loader
     * @param name internal, in the host's package
     * @throws LinkageError if it cannot be defined
     */
    public static Object instance(Class<?> host, String name, byte[] bytes) throws InstantiationException {
        Class<?> type =
                SharedSecrets.getJavaLangAccess().defineClass(null, host, name, bytes, null, false, FLAGS, null);
        return Unsafe.getUnsafe().allocateInstance(type);
    }
}
