// SPDX-License-Identifier: Apache-2.0
/// The tool gateway in a world of its own: one seed decides what agents ask, what people answer,
/// what time it is, and when the process dies.
@NullMarked
package dev.steward.server.simulation;

import org.jspecify.annotations.NullMarked;
