/**
 * The protocol of the dirty-page list under jcstress: real threads on a real machine, where the exploration in
 * {@code shadow-heap}'s tests has a model of one; and the order in which the merge ends races, by a model of the barrier
 * with the real counter ({@link org.shadowheap.benchmarks.stress.RacedSlot}).
 *
 * <p>{@code mvn -q -DskipTests -Pbenchmarks package} leaves {@code benchmarks/target/stress.jar}; {@code java -jar
 * benchmarks/target/stress.jar} takes less than a minute, and with {@code -m default} or any other option of jcstress as
 * long as that says. See {@link org.shadowheap.benchmarks.stress.Stress} for its exit code.
 */
@NullMarked
package org.shadowheap.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
