// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

/// A document store, index or database that agents read. What data it holds is told by its labels,
/// such as `data: customer`.
public record DataSource(Metadata metadata, String owner, String type, String url, String version)
    implements Resource {}
