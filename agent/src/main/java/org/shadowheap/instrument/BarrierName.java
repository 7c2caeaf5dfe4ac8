package org.shadowheap.instrument;

/** The class whose static methods instrumented code calls. */
public final class BarrierName {

    /** Internal name. In {@code java.lang}, because every class loader must let that through to the boot loader. */
    public static final String INTERNAL = "java/lang/ShadowHeapBarrier";

    private BarrierName() {}
}
