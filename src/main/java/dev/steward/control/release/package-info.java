// SPDX-License-Identifier: Apache-2.0
/// What the ledger says of releases: how far each has come, what its gates said, who agreed, and
/// which versions were in force where.
@NullMarked
package dev.steward.control.release;

import org.jspecify.annotations.NullMarked;
