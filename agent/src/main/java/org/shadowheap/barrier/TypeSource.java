package org.shadowheap.barrier;

import org.jspecify.annotations.Nullable;

/**
 * What the barrier asks the agent on slow paths. Called on application threads that are quiet; must not wait for a lock
 * that may be held while a barrier waits, and loads no class but the types of a hidden class's fields.
 */
public interface TypeSource {

    /** The layout of a type; null if its instances are the agent's own and are not mirrored. */
    @Nullable
    Layout layout(Class<?> type);

    /**
     * Sends the definition of a type to the drain; on return it is before every later record.
     *
     * @param id id of the class mirror
     * @param superType id of the superclass's mirror, 0 if none
     */
    void define(Class<?> type, int id, int superType);

    /**
     * Numbers a site like another one that names no field, but which stores to the field at an offset; on return its
     * definition is before every later record.
     *
     * @param holder class of the object that is stored to, or the class mirror itself
     * @param offset in bytes from the object
     * @param ofMirror whether the object is the class mirror
     * @return the site itself if there is no such field, or no number is left
     */
    int nameSite(int site, Class<?> holder, int offset, boolean ofMirror);

    /** Size of a class mirror in bytes, its static fields included. */
    int mirrorBytes(Class<?> mirror);

    /** The {@link SiteTable} entry of a store to a field of {@code holder}. */
    int resolveField(int site, Class<?> holder);

    /** The {@link SiteTable} entry of a store to a static field that {@code holder} declares or inherits. */
    int resolveStatic(int site, Class<?> holder);

    /** The class that declares the static field of a site whose entry is {@link SiteTable#INHERITED}. */
    @Nullable
    Class<?> declaringClass(int site, Class<?> holder);

    /** Offset in bytes, from the mirror of its declaring class, of the static field of such a site. */
    int inheritedOffset(int site, Class<?> declaring);
}
