/**
 * The command line, {@code java -jar shadowheap.jar COMMAND}.
 *
 * <p>In flow arguments, out flow a result on standard output or in a file, complaints on standard error, and an exit
 * code: 0 done, 1 the work failed, 2 the arguments make no sense. What was asked for fails in one line, never in a
 * stack trace. A command parses its options and hands the work to the library; none works itself.
 */
@NullMarked
package org.shadowheap.cli;

import org.jspecify.annotations.NullMarked;
