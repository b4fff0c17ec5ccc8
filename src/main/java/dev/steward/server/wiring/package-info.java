// SPDX-License-Identifier: Apache-2.0
/// Opens every part of the server in order and closes them in reverse.
@NullMarked
package dev.steward.server.wiring;

import org.jspecify.annotations.NullMarked;
