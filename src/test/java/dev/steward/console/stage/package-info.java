// SPDX-License-Identifier: Apache-2.0
/// A stage for tests of the console: runs written by hand, a registry, a ledger, a small server.
@NullMarked
package dev.steward.console.stage;

import org.jspecify.annotations.NullMarked;
