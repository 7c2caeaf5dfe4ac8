/**
 * How sizes and numbers are written on the command line and among the agent's options, in one place for both; and how
 * much memory there is where nobody says how much to use.
 *
 * <p>In flows text that a user typed, out flows a number or an IllegalArgumentException whose message names the
 * option, what is allowed and the value. This package knows nothing else of the project.
 */
@NullMarked
package org.shadowheap.config;

import org.jspecify.annotations.NullMarked;
