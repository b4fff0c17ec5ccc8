// SPDX-License-Identifier: Apache-2.0
/// Declaring on the command line: manifests are read, planned, applied and shown.
@NullMarked
package dev.steward.server.manifest;

import org.jspecify.annotations.NullMarked;
