/**
 * The shadow heap's dirty cards beside those that G1 itself counts.
 *
 * <p>A program runs under G1 with the agent, {@link org.shadowheap.benchmarks.cards.G1Run}. What G1 says of each young collection comes
 * out of its log, {@link org.shadowheap.benchmarks.cards.G1Collection}; what the shadow heap finds at the same places, out of a replay of the
 * trace. {@link org.shadowheap.benchmarks.cards.CardComparison} puts one beside the other. What came of it is in {@code docs/fidelity.md}.
 */
@NullMarked
package org.shadowheap.benchmarks.cards;

import org.jspecify.annotations.NullMarked;
