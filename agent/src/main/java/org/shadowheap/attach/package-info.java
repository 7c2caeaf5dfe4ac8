/**
 * The way from one JVM to another: who can be attached to, and how a request is handed over and answered.
 *
 * <p>Flows in: a process id and a request, on the main thread of the command line. Flows out: the answer, or one line that
 * says why there is none. {@code Exchange} is the only thing that both JVMs use; what a request means only {@code agent}
 * knows. This package knows nothing else of ours.
 */
@NullMarked
package org.shadowheap.attach;

import org.jspecify.annotations.NullMarked;
