namespace Dashboard.Failures;

/// <summary>What the codes of logins, sessions, agents and requests mean.</summary>
internal static class AccountRefusalWords
{
    /// <summary>The words for a code; null for every other.</summary>
    public static CodeWords? Of(string code) => OfAccess(code) ?? OfRequest(code);

    private static CodeWords? OfAccess(string code) => code switch
    {
        "INVALID_CREDENTIALS" => new CodeWords(
            "Login refused",
            "Names, passwords or second factors were wrong. Many names from one address mean that somebody tries passwords.",
            "A security reviewer should see below whether it is one account or many, and from where. Support can reset a "
            + "password that was forgotten."),
        "AUTH_REQUIRED" => new CodeWords(
            "No credentials",
            "Requests came without a bearer token, or with one that is none.",
            "The client's developer must send the token in the Authorization header. A proxy on the way may take it away."),
        "RATE_LIMITED" => new CodeWords(
            "Too many attempts",
            "An address or an account is slowed down after too many attempts.",
            "Nothing to do where it is an attack. Where it is a program, its developer must let it wait as long as "
            + "Retry-After says."),
        "FINGERPRINT_REQUIRED" => new CodeWords(
            "No fingerprint",
            "Logins came without the header that binds their session.",
            "The client's developer must send X-Client-Fingerprint with the login and with every request after it."),
        "SESSION_INVALID" => new CodeWords(
            "No such session",
            "Sessions that ended, or never were, are used.",
            "The operator should log in again."),
        "STEP_UP_REQUIRED" => new CodeWords(
            "Fresh proof needed",
            "Something dangerous was asked for with an old proof of who asks.",
            "The operator should confirm their password or second factor and try again."),
        "INSUFFICIENT_ROLE" => new CodeWords(
            "Role does not allow it",
            "Operators asked for what their role does not allow.",
            "An administrator can give another role; a reviewer should see who tries what."),
        "INVALID_AGENT_KEY" => new CodeWords(
            "Agent key refused",
            "Agents use a key that was never made, was rotated, or was disabled.",
            "An administrator can make a new agent key; whoever runs the agent must put it in."),
        "AGENT_LOGIN_BLOCKED" => new CodeWords(
            "Agent at a login",
            "Agents tried to log in like people.",
            "Whoever runs the agent must let it ask for agent tokens instead."),
        "AGENT_NOT_FOUND" => new CodeWords(
            "Agent not registered",
            "Agents that are not registered any more go on as if they were.",
            "Whoever runs the agent must let it register again."),
        "DUPLICATE_AGENT" => new CodeWords(
            "Agent registered twice",
            "Agents register under an id that is taken.",
            "Whoever runs the agents must give each its own id."),
        "AGENT_REGISTRATION_FAILED" => new CodeWords(
            "Registration refused",
            "Agents registered with something that was not right.",
            CodeWords.OpenReport),
        "TPR_DISABLED" => new CodeWords(
            "Registration in phases is off",
            "Agents register in three phases, which this Signet does not allow.",
            "An administrator can allow it, or whoever runs the agent lets it register with its key."),
        _ => null,
    };

    private static CodeWords? OfRequest(string code) => code switch
    {
        "VALIDATION_FAILED" or "INVALID_INPUT" => new CodeWords(
            "Request not understood",
            "Requests had values that are not acceptable.",
            "The client's developer must correct the request; the report names the field."),
        "HEADER_MISSING" => new CodeWords(
            "Header is missing",
            "Requests lacked a header that is required.",
            "The client's developer must send it; the report names it."),
        "REQUEST_TOO_LARGE" => new CodeWords(
            "Request too large",
            "Requests were larger than is accepted.",
            "The client's developer must send less at once."),
        "NOT_FOUND" => new CodeWords(
            "Not found",
            "Something was asked for that is not there.",
            "The client's developer should check the address and the id."),
        "METHOD_NOT_ALLOWED" => new CodeWords(
            "Method not allowed",
            "Addresses were called with a method that they do not have.",
            "The client's developer must use the right method."),
        "CONFLICT" => new CodeWords(
            "Conflict",
            "Something was changed that somebody else had changed, or that exists already.",
            "The caller should read it again and then decide."),
        "LIVEKIT_NOT_CONFIGURED" => new CodeWords(
            "LiveKit is not set up",
            "Somebody asked for a token for LiveKit, and Signet was not given the API key and secret of a LiveKit server.",
            "An administrator sets LIVEKIT_API_KEY and LIVEKIT_API_SECRET and starts Signet again."),
        "STORE_UNAVAILABLE" => new CodeWords(
            "Store unreachable",
            "The store did not answer, so nothing could be decided.",
            "An administrator should look at the health of the store on the overview."),
        "INTERNAL_ERROR" => new CodeWords(
            "Fault of Signet",
            "Something went wrong inside Signet.",
            "An administrator should look the reference up in the log and report it."),
        _ => null,
    };
}
