// SPDX-License-Identifier: Apache-2.0
/// The port behind which a log lies, and the forms in which it lies there.
@NullMarked
package dev.steward.ledger.storage;

import org.jspecify.annotations.NullMarked;
