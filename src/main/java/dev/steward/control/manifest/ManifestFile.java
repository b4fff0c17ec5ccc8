// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

/// One YAML file to be read, with as many documents as it has.
///
/// @param name as messages shall name it
public record ManifestFile(String name, String text) {}
