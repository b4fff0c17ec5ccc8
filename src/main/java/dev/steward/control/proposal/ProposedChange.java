// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.proposal;

/// What a proposal would do to one resource.
///
/// @param key name of the resource; of a person the id, "" for one that is not known yet
/// @param change created, changed, deleted or topped-up
/// @param base digest of the form that it was proposed on, "" for none
public record ProposedChange(String kind, String key, String change, String base) {}
