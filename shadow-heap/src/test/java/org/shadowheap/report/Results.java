package org.shadowheap.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.analysis.Difference;
import org.shadowheap.analysis.DifferingField;
import org.shadowheap.analysis.LiveMethod;
import org.shadowheap.analysis.Verified;

/** Results to print. */
final class Results {

    private Results() {}

    /** A result in which everything has a value. */
    static AnalysisResult full() {
        AnalysisResult thin = typical(List.of("partial: not all classes were instrumented, jdk=false"), 12);
        return new AnalysisResult(
                thin.program(),
                thin.jvm(),
                thin.notes(),
                thin.configuration(),
                thin.events(),
                thin.stores(),
                thin.heap(),
                new CollectionFigures(
                        thin.collections().minor(),
                        new CollectionFigures.Major(1, 2, 3L, List.of(new CollectionFigures.Nepotism("a.B", 4)))),
                thin.rememberedSet(),
                thin.minorCollections(),
                List.of(new CollectionFigures.RealCollection(1, 2L, "young", 3L, 4, 5, 6L, true)),
                List.of(new AnalysisResult.Site("a.B.c:1", "a.B.d", 3, 2, 1, callers())),
                thin.fields(),
                fidelity(
                        12,
                        new Verified(
                                1,
                                2,
                                3,
                                4,
                                5,
                                List.of(new Difference("a.B.path", "cause", "1", "2")),
                                List.of(new DifferingField("a.B.path", "cause", 6)))),
                thin.uninstrumented(),
                new LiveMethod(120_000_000, 0.5, 2, -0.25, 1, null, 4));
    }

    /** A typical result of which all stores are one site's, and who calls that. */
    static AnalysisResult calledFrom(List<AnalysisResult.Caller> callers) {
        AnalysisResult thin = typical(List.of(), 0);
        return new AnalysisResult(
                thin.program(),
                thin.jvm(),
                thin.notes(),
                thin.configuration(),
                thin.events(),
                thin.stores(),
                thin.heap(),
                thin.collections(),
                thin.rememberedSet(),
                thin.minorCollections(),
                thin.realCollections(),
                List.of(new AnalysisResult.Site("a.B.c:1", "a.B.d", 3, 2, 1, callers)),
                thin.fields(),
                thin.fidelity(),
                thin.uninstrumented(),
                null);
    }

    /** A name that is too long, no name, and more than the text has room for. */
    private static List<AnalysisResult.Caller> callers() {
        return List.of(
                new AnalysisResult.Caller(
                        "com.example.a.very.long.package_.name.that.does.not.fit.into.a.line.Outer$Inner.method:12345",
                        0.5),
                new AnalysisResult.Caller(null, 0.25),
                new AnalysisResult.Caller("x.Y.z:2", 0.15),
                new AnalysisResult.Caller("x.Y.z:3", 0.06),
                new AnalysisResult.Caller("x.Y.z:4", 0.04));
    }

    /** A result as this version gives it. */
    static AnalysisResult typical(List<String> notes, long lost) {
        return new AnalysisResult(
                "com.example.orders.OrderService --port 8080",
                "OpenJDK 64-Bit Server VM 17.0.15+6",
                notes,
                new AnalysisResult.Configuration(
                        16 << 20, 4096, 1, "dirty-pages", null, 1, 1, "live", "all", "nursery"),
                new AnalysisResult.Events(
                        98_765_432, 40_000_000, 6_678, 40_000_000, 18_000_000, 54, 8_700, 750_000, lost),
                new AnalysisResult.Stores(58_012_345, 1_234_567, 0.021_281, 123_456.7, 603.5),
                new AnalysisResult.Heap(2_145_000_000L, 1_234_567, 98_765_432),
                new CollectionFigures(
                        new CollectionFigures.Minor(
                                127,
                                158_750,
                                158_750,
                                203_200,
                                158_750,
                                412_000,
                                309_000,
                                120_000_000,
                                98_000_000,
                                null,
                                635_000_000L),
                        null),
                new AnalysisResult.RememberedSet(1_250, 4_711, 1_250.5, 8_192, 7, 158_750, 98_304),
                List.of(minorCollection(16 << 20, 1_250), minorCollection(32 << 20, 4_711)),
                null,
                List.of(
                        site(
                                "com.example.orders.OrderBook.add:118",
                                "com.example.orders.OrderBook$Level[]",
                                30_000_000,
                                700_000),
                        site("java.util.HashMap.putVal:642", "java.util.HashMap$Node.next", 9_999_999, 500_000),
                        site(
                                "com.example.a.very.long.package_.name.that.does.not.fit.into.a.line.Outer$Inner.method:12345",
                                "com.example.Cache.head",
                                28_012_346,
                                34_567),
                        site("com.example.orders.Order.<init>:30", "com.example.orders.Order.customer", 12, 0)),
                List.of(
                        new AnalysisResult.Field("com.example.orders.OrderBook$Level[]", 30_000_000, 700_000, 90_000),
                        new AnalysisResult.Field("java.util.HashMap$Node.next", 9_999_999, 500_000, 60_000),
                        new AnalysisResult.Field("com.example.Cache.head", 28_012_346, 34_567, 1_750)),
                fidelity(lost, null),
                List.of(
                        new AnalysisResult.Uninstrumented("com.example.Huge", "a method would exceed 64 KB"),
                        new AnalysisResult.Uninstrumented("com.example.Proxy", "not modifiable")),
                null);
    }

    private static AnalysisResult.Site site(String site, String field, long stores, long oldToYoung) {
        return new AnalysisResult.Site(site, field, stores, oldToYoung, oldToYoung / 8, null);
    }

    private static CollectionFigures.MinorCollection minorCollection(long clockBytes, long dirtyPages) {
        return new CollectionFigures.MinorCollection(
                clockBytes,
                null,
                456_000,
                9_700,
                dirtyPages,
                dirtyPages,
                1_600,
                dirtyPages,
                3_200,
                2_400,
                945_000,
                771_000,
                null,
                5_000_000L);
    }

    private static AnalysisResult.Fidelity fidelity(long lost, @Nullable Verified verified) {
        return new AnalysisResult.Fidelity(
                lost, 0, 0, 40_006_678, 1_100.0, null, null, null, 2_145_000_000L, 2_200_000_000L, verified);
    }
}
