/** A directory of people: the service of the tutorial. */
@NullMarked
package com.example.people;

import org.jspecify.annotations.NullMarked;
