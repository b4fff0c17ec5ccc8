// SPDX-License-Identifier: Apache-2.0
/// Releases over the API and on the command line: forward through gates, and back.
@NullMarked
package dev.steward.server.release;

import org.jspecify.annotations.NullMarked;
