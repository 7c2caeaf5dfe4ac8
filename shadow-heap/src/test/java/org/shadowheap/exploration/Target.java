package org.shadowheap.exploration;

/** What an operation acts on. Operations on different targets are independent of each other. */
interface Target {

    /** As the schedule prints it. */
    String name();
}
