/**
 * Runs small concurrent programs, made of our own compiled classes, in every way that a weak memory allows.
 *
 * <p>Flows in: a {@link org.shadowheap.exploration.Scenario}. {@link org.shadowheap.exploration.ExploringLoader} loads
 * our classes anew and sends their accesses to shared state to the simulation: every call of {@code OffHeap}, every
 * field that is not final, every monitor. {@link org.shadowheap.exploration.Explorer} then runs it again and again,
 * each time along another path, until no path is left or one is wrong. Flows out: an
 * {@link org.shadowheap.exploration.Exploration}, with the schedule of what was wrong. Everything happens on the calling
 * thread. Wrong are: a deadlock, an exception, a data race, an access outside of allocated memory, and an end at which
 * the scenario's condition does not hold.
 *
 * <h2>What the memory does</h2>
 *
 * A location keeps all stores to it, in modification order. Nothing else is shared; vector clocks follow
 * happens-before.
 *
 * <ul>
 *   <li>A <b>load</b> sees any store that no later one, which happens before the load, has overwritten. So a store may
 *       reach any other thread arbitrarily late, past its own thread's later loads and stores, in another order than
 *       its neighbours and another one for each observer; and a load may take effect early. That is what store buffers
 *       that drain in any order would show, and more.
 *   <li>A <b>store</b> takes any place in modification order behind those that happen before it.
 *   <li>An <b>atomic update</b> takes the place right behind the store that it read, for good.
 *   <li>An acquiring load that sees a releasing store makes what came before the store happen before what follows the
 *       load. Volatile accesses acquire and release. Updates pass on what the store that they read released.
 *   <li><b>Volatile</b> accesses and updates have one order, that of execution: a load sees the last volatile store or
 *       a newer one.
 *   <li>To leave a <b>monitor</b> happens before to enter it later. The set-up happens before all threads, and they
 *       before the final check.
 * </ul>
 *
 * This is weaker than x86: volatile accesses order no plain access that happens-before does not order. In particular a
 * volatile load does not wait for its thread's earlier plain stores; neither does it on x86, where it is an ordinary
 * load, and where only volatile stores and updates drain the store buffer. It is the happens-before consistency of the
 * Java memory model (Java Language Specification, 17.4.5) with the access modes of {@link java.lang.invoke.VarHandle},
 * told as in Lahav et al., Repairing Sequential Consistency in C/C++11, 2017.
 *
 * <h2>What is explored</h2>
 *
 * All of it: no bound on switches, steps or depth. Scheduled one by one are accesses that are not plain, plain ones
 * that were declared as racing, and monitor entries. All other plain accesses must be free of data races, which the
 * vector clocks check; then they may run at once with the operation before them (as in Musuvathi et al., Finding and
 * Reproducing Heisenbugs in Concurrent Programs, 2008), and see the only store they could see. Of executions that
 * differ in the order of independent operations alone one is run to its end: see
 * {@link org.shadowheap.exploration.World}.
 *
 * <h2>What is not covered</h2>
 *
 * <ul>
 *   <li>Loads that see a store which their own thread's later stores bring about (load buffering). Java allows that for
 *       racing plain accesses. It could change the value of a slot that a scan reads and nothing that depends on it.
 *   <li>Fences, compare-and-set, wait and notify, fields of other types than int, long, double and reference, static
 *       fields: refused, or not there. Elements of shared Java arrays: not seen; none are shared so far.
 *   <li>More threads, objects and pages than a scenario has, and programs that do not end.
 *   <li>Whether the JVM keeps to the memory model: that is what jcstress runs on real machines for.
 * </ul>
 */
@NullMarked
package org.shadowheap.exploration;

import org.jspecify.annotations.NullMarked;
