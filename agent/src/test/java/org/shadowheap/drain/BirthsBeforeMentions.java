package org.shadowheap.drain;

import java.util.BitSet;

/** Hears the merged stream, and counts the objects that an array refers to in a round before that of their birth. */
final class BirthsBeforeMentions extends EventSinkStub {

    private final BitSet told = new BitSet();
    private final BitSet mentioned = new BitSet();
    private long tooEarly;

    /** How many. */
    long tooEarly() {
        return tooEarly;
    }

    @Override
    public void birth(int object, int type, int extent) {
        told.set(object);
    }

    @Override
    public void contact(int object, int type, int extent) {
        told.set(object);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        if (value != 0) {
            mentioned.set(value);
        }
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        arrayStore(array, index, value, site);
    }

    @Override
    public void round() {
        mentioned.andNot(told);
        tooEarly += mentioned.cardinality();
        mentioned.clear();
    }
}
