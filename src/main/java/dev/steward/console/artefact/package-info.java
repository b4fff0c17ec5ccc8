// SPDX-License-Identifier: Apache-2.0
/// What differs between two versions of an agent, as people read it.
@NullMarked
package dev.steward.console.artefact;

import org.jspecify.annotations.NullMarked;
