// SPDX-License-Identifier: Apache-2.0
/// What operators declare in YAML.
@NullMarked
package dev.steward.domain.resource;

import org.jspecify.annotations.NullMarked;
