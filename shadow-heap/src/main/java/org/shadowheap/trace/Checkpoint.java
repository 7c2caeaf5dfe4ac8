package org.shadowheap.trace;

/** Is told that the file of a trace holds everything that its writer was told up to a certain place. */
@FunctionalInterface
public interface Checkpoint {

    /**
     * The file holds it, in whole blocks. On the writer's own thread; not called where the file could not be written.
     *
     * @param fileBytes size of the file so far in bytes
     */
    void written(long fileBytes);
}
