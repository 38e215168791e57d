package lesson02.homework;

/**
 * An address as people write it: a host and a port. Three forms are known:
 *
 * <ul>
 *   <li>{@code host:port}, such as {@code localhost:5002} or {@code 127.0.0.1:5002};
 *   <li>{@code [address]:port} for an IPv6 address, such as {@code [::1]:5002}: the brackets keep
 *       its colons apart from the port's (RFC 3986, section 3.2.2);
 *   <li>{@code :port}, such as {@code :5002}: the port, at every address of this machine.
 * </ul>
 *
 * @param host a name or an IP address, as it is written but without the brackets; empty for every
 *     address of this machine
 * @param port from 0 to 65535
 */
record Endpoint(String host, int port) {

    /**
     * Returns the endpoint that {@code text} names.
     *
     * <p>The host comes back letter for letter, its spaces too, and is not checked: no name is
     * looked up, no address is written in another way, and a name that nobody knows is as good as
     * any. To look it up is the work of whoever uses it. What stands in brackets is not checked
     * either: {@code [localhost]:5002} has the host {@code localhost}.
     *
     * <p>The port is written with the digits 0 to 9 and nothing else: no sign, no space, no digits
     * of another script, such as the wide 8 (U+FF18). Leading zeros change nothing.
     *
     * <p>The message of the exception contains {@code text} as it was given, and says what is wrong
     * with it, in your words, with these among them (in small or capital letters):
     *
     * <ul>
     *   <li>"no colon": there is none after the host, as in {@code localhost}, {@code [::1]},
     *       {@code [::1]5002} and in the empty text;
     *   <li>"no port": nothing follows the colon, as in {@code localhost:} and {@code [::1]:};
     *   <li>"digits": the port has something else in it, as in {@code localhost:http}, {@code
     *       localhost:-1} and {@code localhost: 80};
     *   <li>"range": the port is above 65535, by however much;
     *   <li>"brackets": an IPv6 address stands without them, as in {@code ::1:5002}: what has more
     *       than one colon and does not begin with a bracket;
     *   <li>"not closed": a text that begins with a bracket has no closing one, as in {@code
     *       [::1:5002}.
     * </ul>
     *
     * Where two things are wrong, either may be named. A sentence with all of these words, the same
     * for every text, says nothing of this one.
     *
     * @param text not null
     * @throws IllegalArgumentException if {@code text} has none of the three forms
     */
    static Endpoint parse(String text) {
        throw new ToDo("find the host and the port in a text such as [::1]:5002");
    }
}
