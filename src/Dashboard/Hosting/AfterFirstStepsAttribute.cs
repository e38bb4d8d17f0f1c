namespace Dashboard.Hosting;

/// <summary>
/// Open to everybody, but whoever is signed in must have done first what is asked of them before anything else: a password of
/// their own, a second factor where their role needs one.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AfterFirstStepsAttribute : Attribute;
