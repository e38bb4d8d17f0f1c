namespace Dashboard.Hosting;

/// <summary>What somebody is told who repeats a creation that was carried out: its answer held a secret that is gone.</summary>
/// <param name="Thing">What was made.</param>
/// <param name="Member">The member of the problem details that carries its id.</param>
/// <param name="Advice">What to do without the first answer.</param>
internal sealed record RepeatedCreation(string Thing, string Member, string Advice)
{
    public static readonly RepeatedCreation OfToken = new(
        "token", "jti", "A token is shown once only: if its answer was lost, revoke it and mint another with a new key.");

    public static readonly RepeatedCreation OfOperator = new(
        "operator", "id", "A password is shown once only: if its answer was lost, reset how the operator signs in.");

    public static readonly RepeatedCreation OfClient = new(
        "client", "client_id", "A secret is shown once only: if its answer was lost, add another secret and delete the first.");

    public static readonly RepeatedCreation OfClientSecret = new(
        "secret", "secret_id", "It is shown once only: if its answer was lost, add another and delete it.");

    public static readonly RepeatedCreation OfKey = new(
        "key", "kid", "A shared secret is shown once only: if its answer was lost, make another, which takes its place.");

    public static readonly RepeatedCreation OfRegistrationToken = new(
        "registration token of", "client_id", "It is shown once only: if its answer was lost, make another with a new key.");

    public static readonly RepeatedCreation OfInitialAccessToken = new(
        "initial access token", "id", "It is shown once only: if its answer was lost, revoke it and make another.");

    public static readonly RepeatedCreation OfWebhook = new(
        "webhook", "id", "Its secret is shown once only: if its answer was lost, rotate the secret with a new key.");

    public static readonly RepeatedCreation OfAgentKey = new(
        "agent key", "id", "A key is shown once only: if its answer was lost, rotate it, or delete it and make another.");

    public static readonly RepeatedCreation OfAlertRule = new(
        "alert rule", "id", "Read it to see what it is.");
}
