// SPDX-License-Identifier: Apache-2.0
/// Whether everything that was accepted has arrived, and what has not.
@NullMarked
package dev.steward.console.ingest;

import org.jspecify.annotations.NullMarked;
