namespace SeestarAlpaca.Simulator;

/// <summary>What a telescope is sent to. Another target is another sky.</summary>
/// <param name="Name">As the app would send it, such as <c>M 51</c>.</param>
/// <param name="RightAscensionHours">0 to below 24, of date.</param>
/// <param name="DeclinationDegrees">−90 to 90, of date.</param>
public sealed record SkyTarget(string Name, double RightAscensionHours, double DeclinationDegrees);
