// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Moment;

/// One version in an agent's history.
///
/// @param shown its first seven characters
/// @param sequence of the ledger at which it was declared last
/// @param inForce where it is in force, "" for nowhere
/// @param runs how many runs said they were of it, in the last 90 days
/// @param diffHref what differs from the version before it, "" for the first
/// @param current whether it is the one that the page is about
public record VersionRow(
    String digest,
    String shown,
    Moment declared,
    String by,
    long sequence,
    String inForce,
    long runs,
    String runsHref,
    String diffHref,
    boolean current) {}
