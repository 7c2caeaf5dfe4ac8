package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.exactly;
import static org.shadowheap.samples.Bounds.nearly;

import java.util.List;

/**
 * Sample 07: a graph is rebuilt, again and again.
 *
 * <p>Vertices live on; who is whose neighbour is computed anew in each round, into an array that was made just now. Storing
 * that array into its vertex is old-to-young, on all pages with vertices. All stores <em>into</em> the arrays are
 * not, because the arrays are young; they are {@value #DEGREE} times as many, and cost a young collection nothing.
 *
 * <p>The fix: keep the arrays and rewrite their elements. There are as many stores, now into old arrays, but their values are
 * old too: a reference from old to old is no work for a young collection. Pages may still get dirty, because a barrier that
 * does not look at the value marks them; the shadow heap's does not.
 */
final class S07Graph {

    /** Vertices, all old. */
    static final int VERTICES = 10_000;

    /** Neighbours of each. */
    static final int DEGREE = 8;

    /** How often the graph is rebuilt. */
    static final int ROUNDS = 12;

    /** Bytes of garbage for each vertex in each round. All of them are 60 MB: about 4 nurseries of 16 MiB. */
    static final int GARBAGE_BYTES = 512;

    private static final long REBUILT = (long) VERTICES * ROUNDS;

    /** Minor collections while the graph is rebuilt, at most. */
    static final long COLLECTIONS = Garbage.collections(REBUILT * (1_024 + 100L));

    private static final Vertex[] GRAPH = new Vertex[VERTICES];

    private S07Graph() {}

    static List<Figure> figures(boolean fixed) {
        return List.of(
                Figure.field(Vertex.class, "neighbours", "stores", exactly(VERTICES + (fixed ? 0 : REBUILT))),
                Figure.site(Vertex.class, "rebuild", "stores", exactly(fixed ? 0 : REBUILT)),
                Figure.site(Vertex.class, "rebuild", "oldToYoung", fixed ? exactly(0) : nearly(REBUILT, COLLECTIONS)),
                Figure.site(Vertex.class, "rebuild", "pagesDirtied", fixed ? exactly(0) : atLeast(200)),
                Figure.site(S07Graph.class, "fill", "stores", exactly((REBUILT + VERTICES) * DEGREE)),
                Figure.site(S07Graph.class, "fill", "oldToYoung", exactly(0)));
    }

    private static final class Vertex {
        final int number;
        private Vertex[] neighbours = new Vertex[DEGREE];

        Vertex(int number) {
            this.number = number;
        }

        /** The store that the sample is about. */
        void rebuild(int round) {
            Vertex[] fresh = new Vertex[DEGREE];
            fill(fresh, number, round);
            neighbours = fresh;
        }

        /** The fix. */
        void rewrite(int round) {
            fill(neighbours, number, round);
        }
    }

    private static void fill(Vertex[] neighbours, int number, int round) {
        for (int i = 0; i < DEGREE; i++) {
            neighbours[i] = GRAPH[Math.floorMod(number * (i + 2) + round * 7_919 + i, VERTICES)];
        }
    }

    static String run(boolean fixed) {
        for (int i = 0; i < VERTICES; i++) {
            GRAPH[i] = new Vertex(i);
        }
        // A collection may have come in between: now none of them is young.
        Garbage.settle();
        for (Vertex vertex : GRAPH) {
            vertex.rewrite(0);
        }
        long bytes = Garbage.settle();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Vertex vertex : GRAPH) {
                if (fixed) {
                    vertex.rewrite(round);
                } else {
                    vertex.rebuild(round);
                }
                bytes += Garbage.make(GARBAGE_BYTES);
            }
        }
        return "rebuilt=" + REBUILT + " bytes=" + bytes + " sum=" + sum();
    }

    private static long sum() {
        long sum = 0;
        for (Vertex vertex : GRAPH) {
            for (Vertex neighbour : vertex.neighbours) {
                sum = 31 * sum + neighbour.number;
            }
        }
        return sum;
    }
}
