package org.shadowheap.drain;

import org.shadowheap.event.EventSinkAdapter;

/** A sink that hears nothing; tests override what they want to hear. */
class EventSinkStub extends EventSinkAdapter {}
