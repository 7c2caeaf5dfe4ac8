package org.shadowheap.event;

/**
 * Receives the merged stream of events as records, many at a time: for who looks at all of them alike, or keeps them.
 *
 * <p>A record of a kind from {@link EventDecoder#DEFINITIONS} on says that a definition was made at this place; the definitions
 * themselves come in order, those of a batch before it. Everything else is as in {@link EventSink}, and every record is sound.
 */
public interface RecordSink extends DefinitionSink {

    /**
     * The next records.
     *
     * @param words two for each record; they are the caller's, and used again
     */
    void records(long[] words, int count);
}
