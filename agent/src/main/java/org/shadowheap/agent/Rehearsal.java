package org.shadowheap.agent;

import java.util.List;
import java.util.function.Consumer;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;

/**
 * Plays a little stream into a little heap, so that every class the drain needs is loaded and linked before it starts.
 *
 * <p>Loading a class takes locks of the class loader and of its jar files. An application thread may hold one of them while
 * it waits in a barrier for the drain: so the drain must not need any.
 */
final class Rehearsal {

    private static final int CLASS = 1;
    private static final int NODE = 2;
    private static final int NODES = 3;
    private static final int SITE = 1;
    private static final int REGISTRY = 10;
    private static final int FIRST_NODE = 1024;
    private static final int BIRTHS = 1024;
    private static final int NODE_BYTES = 24;
    private static final int LINK = 12;
    private static final int MIRROR_BYTES = 128;
    private static final int ROUND = 16;
    private static final int CHAIN = 64;
    private static final int FAR = 1 << 24;
    private static final int SCATTERED = 1024;
    private static final int GARBAGE = 1 << 20;
    private static final int CHUNK = 1024;
    private static final int LATE = 1 << 21;
    private static final int WAITING = 300;
    private static final int NURSERY_BYTES = 4 << 10;

    /** So many windows of evidence have numbers. */
    private static final int WINDOWS = 1 << 10;

    private Rehearsal() {}

    /**
     * @param heap whose threads, remembered set, tenure and checks shall be ready
     */
    static void play(Recording recording, HeapConfiguration heap) {
        // What lives by evidence dies later, and what ages first is promoted later: so in other ways.
        for (int tenure = 1; tenure <= Math.min(heap.tenure(), 2); tenure++) {
            playLittle(recording, heap, tenure, Liveness.EVIDENCE, little -> {});
            playLittle(recording, heap, tenure, Liveness.ROOTS, little -> {});
        }
    }

    /** As {@link #play}, and adds up, so that the drain can do it; for whoever is about to ask it to. */
    static void playResult(Recording recording, HeapConfiguration heap, RecordingEnd end) {
        playFor(recording, heap, little -> little.result(end));
    }

    /** As {@link #play}, and does with the little heap what the drain is about to be asked for. */
    static void playFor(Recording recording, HeapConfiguration heap, Consumer<Analysis> asked) {
        playLittle(recording, heap, 1, Liveness.EVIDENCE, asked);
    }

    private static void playLittle(
            Recording recording, HeapConfiguration heap, int tenure, Liveness liveness, Consumer<Analysis> asked) {
        HeapConfiguration little = new HeapConfiguration(
                        NURSERY_BYTES, heap.pageBytes(), tenure, heap.boundBytes(), heap.model())
                .withRemset(heap.remset(), heap.cardBytes())
                .withThreads(heap.mutators(), heap.collectors())
                .withMajorBytes(NURSERY_BYTES)
                .withLiveness(liveness)
                .withVerification(heap.isVerified());
        try (Analysis analysis = new Analysis(recording, little, AgentThreads.SILENT)) {
            define(analysis);
            define(analysis);
            for (int i = 0; i < WAITING; i++) { // more that wait for their birth than there is room for at first
                analysis.fieldStore(LATE + i, LINK, LATE + i + 1, SITE);
                analysis.snapshotSlot(REGISTRY, i % ROUND, LATE + i);
                analysis.staticStore(NODE, MIRROR_BYTES - LINK, LATE + i, SITE);
            }
            analysis.rootsRequested();
            for (int i = 0; i < WAITING; i++) { // the last one is never born
                analysis.birth(LATE + i, NODE, 0);
            }
            analysis.round();
            for (int i = 0; i < CHUNK; i++) { // all but one of a chunk of ids dies, and that later
                analysis.birth(GARBAGE + i, NODE, 0);
                if (i == 0) {
                    analysis.arrayStore(REGISTRY, 0, GARBAGE, SITE);
                }
            }
            analysis.round();
            for (int i = 0; i < BIRTHS; i++) {
                int node = FIRST_NODE + i;
                if (i % ROUND == 1) {
                    analysis.fieldStore(node, LINK, node, SITE); // before its birth
                }
                analysis.birth(node, NODE, 0);
                // Chains end, so that they die; what has died in the old space refers to something young.
                analysis.fieldStore(node, LINK, i % CHAIN == 0 ? 0 : node - 1, SITE);
                analysis.fieldStore(Math.max(FIRST_NODE, node - 3 * CHAIN), LINK, node, SITE);
                analysis.arrayStore(REGISTRY, i % ROUND, node, SITE);
                if (i % ROUND == 0) {
                    analysis.staticStore(NODE, MIRROR_BYTES - LINK, node, SITE);
                    analysis.rootsRequested();
                    analysis.roots(1);
                    analysis.root(1, node);
                    analysis.realCollection(CollectionKind.YOUNG.number(), i, i, i);
                    analysis.collectionTold(CollectionKind.YOUNG.number(), i + 1, i, i);
                    analysis.collectedHere(CollectionKind.YOUNG.number(), i + 1, i, i);
                    analysis.round();
                }
            }
            for (int i = 0; i < SCATTERED; i++) {
                analysis.contact(FAR + i * ROUND, NODE, 0);
                analysis.snapshotSlot(FAR + i * ROUND, LINK, 0);
                analysis.snapshotEnd(FAR + i * ROUND);
            }
            analysis.birth(FAR + 1, NODE, 0);
            for (int i = 0; i < WINDOWS; i++) {
                analysis.rootsRequested();
            }
            for (int i = 0; i < BIRTHS; i++) { // in a collection their numbers begin anew
                analysis.birth(FIRST_NODE + BIRTHS + i, NODE, 0);
            }
            analysis.threadEnd(1);
            analysis.lost(0);
            analysis.round();
            asked.accept(analysis);
        }
    }

    private static void define(EventSink sink) {
        List<FieldDefinition> none = List.of();
        List<FieldDefinition> link = List.of(new FieldDefinition("link", LINK, false));
        List<FieldDefinition> held = List.of(new FieldDefinition("held", MIRROR_BYTES - LINK, false));
        sink.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        sink.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, NODE_BYTES, 0, link, held));
        sink.type(new TypeDefinition(NODES, "Node[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, none));
        sink.site(new SiteDefinition(SITE, "Node", "link", 1, "Node.link"));
        sink.caller(new CallerDefinition(1, "Program", "main", 1));
        sink.calledFrom(SITE, 1, 1);
        sink.calledFrom(SITE, 0, 1);
        for (int mirror = CLASS; mirror <= NODES; mirror++) {
            sink.contact(mirror, CLASS, MIRROR_BYTES);
            sink.snapshotEnd(mirror);
        }
        sink.contact(REGISTRY, NODES, ROUND);
        sink.snapshotSlot(REGISTRY, 0, 0);
        sink.snapshotEnd(REGISTRY);
        sink.arrayCopy(REGISTRY, 1, SITE);
        sink.copiedElement(REGISTRY, 0, 0, SITE);
        sink.round();
    }
}
