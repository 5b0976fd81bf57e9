"""The model as tables: what a thing of each class needs, has one of, and leads to.

Names are prefixed as in :data:`samverkan.namespaces.PREFIXES`; what the vocabulary says itself is
not said again here.
"""

from __future__ import annotations

# What each class cannot do without, besides the evidence.
NEEDS = {
    "org:Membership": "org:organization org:role smv:status smv:basis",
    "smv:Relation": "smv:subject smv:relationKind smv:object smv:basis",
    "smv:Responsibility": "smv:activity smv:agent smv:responsibilityKind smv:basis",
    "smv:Attendance": "smv:person smv:meeting smv:capacity",
    "smv:Discrepancy": "smv:about smv:claim",
    "smv:Evidence": "oa:hasSource smv:locator oa:hasSelector",
    "oa:TextPositionSelector": "oa:start oa:end",
    "dcterms:PeriodOfTime": "smv:edtf",
}
# MODEL 2. Bodies and people have a rule of their own; a document that is only held has none.
EVIDENCED = (
    *("org:Membership", "org:Post", "org:ChangeEvent", "smv:Relation", "smv:Responsibility"),
    *("smv:CompositionRule", "smv:Plan", "smv:Activity", "smv:Outcome", "smv:Meeting"),
    *("smv:AgendaItem", "smv:Decision", "smv:Task", "smv:Attendance", "smv:Name"),
    *("smv:Agreement", "smv:Claim", "smv:Service"),
)
# What a thing of the class has only one of.
SINGLE = {
    "org:Membership": "org:member org:organization org:role smv:status smv:basis",
    "smv:Relation": "smv:subject smv:relationKind smv:object smv:basis",
    "smv:Responsibility": "smv:activity smv:agent smv:responsibilityKind smv:basis",
    "smv:Attendance": "smv:person smv:meeting smv:capacity",
    "smv:Source": "dcterms:issued smv:textFile smv:textSha256",
    "smv:Evidence": "oa:hasSource smv:locator",
    "oa:TextPositionSelector": "oa:start oa:end",
    "dcterms:PeriodOfTime": "smv:edtf dcat:startDate dcat:endDate",
    "smv:Discrepancy": "smv:preferred",
}
# The lists from which the values of a property come.
LISTS = {
    "org:classification": "smv:organization-type",
    "org:role": "smv:role",
    "smv:activityKind": "smv:activity-kind",
    "smv:activityStatus": "smv:activity-status",
    "smv:basis": "smv:basis",
    "smv:capacity": "smv:capacity",
    "smv:decisionKind": "smv:decision-kind",
    "smv:level": "smv:level",
    "smv:lifecycle": "smv:lifecycle",
    "smv:meetingStatus": "smv:meeting-status",
    "smv:relationKind": "smv:relation-kind",
    "smv:responsibilityKind": "smv:responsibility-kind",
    "smv:status": "smv:status",
}
# The kind of value that a standard property has here. For the rest the vocabulary says it.
KINDS = {
    "dcat:endDate": "xsd:date",
    "dcat:startDate": "xsd:date",
    "dcterms:date": "xsd:date",
    "dcterms:issued": "xsd:date",
    "dcterms:modified": "xsd:date",
    "oa:end": "xsd:integer",
    "oa:start": "xsd:integer",
    "schema:endDate": "xsd:date",
    "schema:startDate": "xsd:date",
}
# The class of thing that a standard property leads to, likewise.
RANGES = {
    "oa:hasSelector": "oa:TextPositionSelector",
    "oa:hasSource": "smv:Source",
    "org:memberDuring": "dcterms:PeriodOfTime",
    "org:organization": "org:Organization",
    "prov:wasDerivedFrom": "smv:Evidence",
}
# Properties of the standards that lead to things.
LINKS = (
    *("org:classification", "org:hasMember", "org:member", "org:memberDuring", "org:memberOf"),
    *("org:organization", "org:role", "org:subOrganizationOf", "dcterms:isPartOf"),
    *("dcterms:publisher", "dcterms:type", "oa:hasSelector", "oa:hasSource"),
    "prov:wasDerivedFrom",
)
# How a value of each kind is written.
FORMS = {
    "xsd:boolean": "(true|false)",
    "xsd:date": "[12][0-9]{3}-[0-9]{2}-[0-9]{2}",
    "xsd:gYear": "[12][0-9]{3}",
    "xsd:integer": "[+-]?[0-9]{1,15}",
}
# Shortcut, the node that it stands beside: class, where it begins, where it leads, its kind.
SHORTCUTS = (
    "org:hasMember org:Membership org:organization org:member smv:status status/attested",
    "org:memberOf org:Membership org:member org:organization smv:status status/attested",
    "org:subOrganizationOf smv:Relation smv:subject smv:object smv:relationKind"
    " relation-kind/part-of",
    "smv:ownedBy smv:Responsibility smv:activity smv:agent smv:responsibilityKind"
    " responsibility-kind/owner",
    "smv:carriedOutBy smv:Responsibility smv:activity smv:agent smv:responsibilityKind"
    " responsibility-kind/performer",
    "smv:participant smv:Responsibility smv:activity smv:agent smv:responsibilityKind"
    " responsibility-kind/participant",
)
# Terms of the standards that the model uses and the vocabulary does not label.
PROPERTIES = (
    *("dcterms:accessRights", "dcterms:conformsTo", "dcterms:created", "dcterms:description"),
    *("dcterms:hasPart", "dcterms:identifier", "dcterms:isReferencedBy", "dcterms:isReplacedBy"),
    *("dcterms:isRequiredBy", "dcterms:isVersionOf", "dcterms:language", "dcterms:license"),
    *("dcterms:modified", "dcterms:references", "dcterms:replaces", "dcterms:source"),
    *("dcterms:spatial", "dcterms:subject", "dcterms:temporal", "foaf:page", "org:changedBy"),
    *("org:headOf", "org:holds", "org:heldBy", "org:identifier", "org:linkedTo"),
    *("org:originalOrganization", "org:postIn", "org:purpose", "org:resultedFrom"),
    *("org:resultingOrganization", "owl:sameAs", "prov:atTime", "prov:wasAttributedTo"),
    *("prov:wasRevisionOf", "rdf:type", "rdfs:isDefinedBy", "rdfs:label", "rdfs:seeAlso"),
    *("schema:about", "schema:endDate", "schema:name", "schema:superEvent", "skos:changeNote"),
    *("skos:closeMatch", "skos:editorialNote", "skos:exactMatch", "skos:example"),
    *("skos:hiddenLabel", "skos:historyNote", "skos:narrower", "skos:notation", "skos:note"),
    *("skos:related", "skos:relatedMatch", "skos:scopeNote"),
)
CLASSES = (
    *("dcterms:PeriodOfTime", "foaf:Document", "foaf:Person", "m8g:PublicOrganisation"),
    *("oa:SpecificResource", "oa:TextPositionSelector", "org:ChangeEvent"),
    *("org:FormalOrganization", "org:Membership", "org:Organization"),
    *("org:OrganizationalCollaboration", "org:OrganizationalUnit", "org:Post", "org:Role"),
    *("prov:Entity", "prov:Plan", "schema:Event", "skos:Concept", "skos:ConceptScheme"),
)
