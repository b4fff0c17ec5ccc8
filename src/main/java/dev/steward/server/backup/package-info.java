// SPDX-License-Identifier: Apache-2.0
/// One consistent cut of everything a server keeps, and the way back from it.
@NullMarked
package dev.steward.server.backup;

import org.jspecify.annotations.NullMarked;
