// SPDX-License-Identifier: Apache-2.0
/// Records that are written to the API's JSON as they are; several groups of routes share them.
@NullMarked
package dev.steward.server.shape;

import org.jspecify.annotations.NullMarked;
